/** Whole rows of which a test names only what it is about. */
import type { NewDocument, NewPassage } from "../../src/store/document-tables.ts";
import type { Conversation, Generation, Memory, Message } from "../../src/store/schema.ts";

export const conversation = (own: Partial<Conversation> = {}): Conversation => ({
  id: "conversation",
  ownerId: null,
  origin: "chat",
  title: "Saving",
  createdAt: 1,
  updatedAt: 1,
  titledBy: "question",
  leafId: null,
  folder: "",
  instructions: "",
  settings: null,
  projectId: null,
  pinnedAt: null,
  archivedAt: null,
  deletedAt: null,
  seenAt: null,
  forkedFrom: null,
  ...own,
});

export const message = (own: Partial<Message> = {}): Message => ({
  id: "message",
  conversationId: "conversation",
  parentId: null,
  role: "user",
  content: "How do I save?",
  promptContext: "",
  createdAt: 1,
  deletedAt: null,
  ...own,
});

export const generation = (own: Partial<Generation> = {}): Generation => ({
  id: "generation",
  conversationId: "conversation",
  questionId: "message",
  messageId: "answer",
  state: "queued",
  model: "demo",
  sampling: { temperature: 0, topP: 1, maxTokens: 100, seed: 1, stop: [], topLogprobs: null },
  memoryContext: 3,
  request: null,
  receipt: null,
  writers: [],
  finishReason: null,
  usage: null,
  timings: null,
  error: null,
  crashes: 0,
  idempotencyKey: null,
  createdAt: 1,
  startedAt: null,
  endedAt: null,
  ...own,
});

export const document = (own: Partial<NewDocument> = {}): NewDocument => ({
  id: crypto.randomUUID(),
  ownerId: null,
  contentId: 1,
  name: "report.pdf",
  kind: "pdf",
  mediaType: "application/pdf",
  size: 10,
  createdAt: 1,
  ...own,
});

export const passage = (own: Partial<NewPassage> = {}): NewPassage => ({
  documentId: "document",
  number: 1,
  page: 1,
  start: 0,
  end: 10,
  heading: "",
  text: "The premium is 240 euros a year.",
  ...own,
});

export const memory = (own: Partial<Memory> = {}): Memory => ({
  messageId: null,
  deletedAt: null,
  withdrawnAt: null,
  id: crypto.randomUUID(),
  ownerId: null,
  key: "risk tolerance",
  value: "Low: at most 1% a trade",
  category: "profile",
  conversationId: null,
  embeddingModel: null,
  embedding: null,
  createdAt: 1,
  ...{ kind: "fact", source: "entered", place: null, validFrom: null, validTo: null, confidence: 1 },
  ...{ supersededBy: null, dismissals: 0, importId: null, isCompared: false, projectId: null },
  ...own,
});
