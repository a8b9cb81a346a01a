CREATE TABLE `ratings` (
	`messageId` text PRIMARY KEY NOT NULL,
	`rating` text NOT NULL,
	FOREIGN KEY (`messageId`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
