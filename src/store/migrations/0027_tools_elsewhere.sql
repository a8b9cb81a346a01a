CREATE TABLE `conversation_tool_servers` (
	`conversationId` text NOT NULL,
	`serverId` text NOT NULL,
	PRIMARY KEY(`conversationId`, `serverId`),
	FOREIGN KEY (`conversationId`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`serverId`) REFERENCES `tool_servers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `conversation_tool_servers_by_server` ON `conversation_tool_servers` (`serverId`);
--> statement-breakpoint
CREATE TABLE `server_tools` (
	`serverId` text NOT NULL,
	`name` text NOT NULL,
	`definition` text NOT NULL,
	`hash` text NOT NULL,
	`readingHash` text,
	`problem` text,
	`seenAt` integer NOT NULL,
	PRIMARY KEY(`serverId`, `name`),
	FOREIGN KEY (`serverId`) REFERENCES `tool_servers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `tool_rules` (
	`number` integer PRIMARY KEY NOT NULL,
	`ownerId` text,
	`serverId` text NOT NULL,
	`tool` text NOT NULL,
	`rule` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`ownerId`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`serverId`) REFERENCES `tool_servers`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `tool_rules_by_owner` ON `tool_rules` (`ownerId`,`serverId`,`tool`);
--> statement-breakpoint
CREATE INDEX `tool_rules_by_server` ON `tool_rules` (`serverId`);
--> statement-breakpoint
CREATE TABLE `tool_servers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`command` text DEFAULT '' NOT NULL,
	`args` text DEFAULT '[]' NOT NULL,
	`secrets` text DEFAULT '{}' NOT NULL,
	`url` text DEFAULT '' NOT NULL,
	`isOn` integer DEFAULT true NOT NULL,
	`isShared` integer DEFAULT false NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tool_servers_by_name` ON `tool_servers` (`name`);
--> statement-breakpoint
ALTER TABLE `generations` ADD `mayWait` integer DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE `queued_questions` ADD `mayWait` integer DEFAULT false NOT NULL;
