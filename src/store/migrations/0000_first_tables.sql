CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`createdAt` integer NOT NULL,
	`updatedAt` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `conversations_by_update` ON `conversations` (`updatedAt`);--> statement-breakpoint
CREATE TABLE `generations` (
	`id` text PRIMARY KEY NOT NULL,
	`conversationId` text NOT NULL,
	`questionId` text NOT NULL,
	`messageId` text NOT NULL,
	`state` text NOT NULL,
	`model` text NOT NULL,
	`sampling` text NOT NULL,
	`memoryContext` integer NOT NULL,
	`receipt` text,
	`writers` text NOT NULL,
	`finishReason` text,
	`usage` text,
	`timings` text,
	`error` text,
	`crashes` integer DEFAULT 0 NOT NULL,
	`idempotencyKey` text,
	`createdAt` integer NOT NULL,
	`startedAt` integer,
	`endedAt` integer,
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `generations_by_conversation` ON `generations` (`conversationId`);--> statement-breakpoint
CREATE INDEX `generations_by_message` ON `generations` (`messageId`);--> statement-breakpoint
CREATE INDEX `generations_by_state` ON `generations` (`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `generations_by_idempotency_key` ON `generations` (`idempotencyKey`);--> statement-breakpoint
CREATE TABLE `memories` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`category` text NOT NULL,
	`conversationId` text,
	`embeddingModel` text,
	`embedding` blob,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `memories_by_creation` ON `memories` (`createdAt`);--> statement-breakpoint
CREATE INDEX `memories_by_key` ON `memories` (`key`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`conversationId` text NOT NULL,
	`parentId` text,
	`role` text NOT NULL,
	`content` text NOT NULL,
	`promptContext` text DEFAULT '' NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `messages_by_conversation` ON `messages` (`conversationId`,`createdAt`);--> statement-breakpoint
CREATE TABLE `token_log` (
	`generationId` text NOT NULL,
	`firstIndex` integer NOT NULL,
	`tokens` text NOT NULL,
	PRIMARY KEY(`generationId`, `firstIndex`),
	FOREIGN KEY (`generationId`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE cascade
);
