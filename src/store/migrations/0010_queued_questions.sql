CREATE TABLE `queued_questions` (
	`id` text PRIMARY KEY NOT NULL,
	`conversationId` text NOT NULL,
	`place` integer NOT NULL,
	`content` text NOT NULL,
	`model` text NOT NULL,
	`sampling` text NOT NULL,
	`memoryContext` integer NOT NULL,
	`idempotencyKey` text,
	`isHeld` integer DEFAULT false NOT NULL,
	`isSent` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `queued_questions_by_conversation` ON `queued_questions` (`conversationId`,`place`);--> statement-breakpoint
CREATE UNIQUE INDEX `queued_questions_by_idempotency_key` ON `queued_questions` (`idempotencyKey`);