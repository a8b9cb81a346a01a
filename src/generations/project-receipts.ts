/**
 * What a project is in the prompts and receipts of its conversations: its instructions, between those of all conversations and
 * those of one, and where they stand, so that they leave every receipt when the project is erased.
 */
import { withInstructions, withProject } from "../chat/context.ts";
import type { Store } from "../store/database.ts";
import type { ReceiptProject } from "../store/json-columns.ts";
import type { MemoryScope } from "../store/memory-scope.ts";
import type { Project } from "../store/schema.ts";

/** The beginning of a conversation's prompts. */
interface ConversationPrompt {
  readonly systemPrompt: string;
  /** Left out: it belongs to none. */
  readonly project?: ReceiptProject;
}

/**
 * @param instructions of the conversation alone; '' for none
 * @param systemPrompt the instructions of all conversations
 */
export function promptOfConversation(
  systemPrompt: string,
  project: Project | undefined,
  instructions: string,
): ConversationPrompt {
  if (project === undefined) return { systemPrompt: withInstructions(systemPrompt, instructions) };
  const { id, name } = project;
  const shared = withProject(systemPrompt, project.instructions);
  return {
    systemPrompt: withInstructions(shared, instructions),
    project: { id, name, from: systemPrompt.length, to: shared.length },
  };
}

/** What is recalled in it. */
export const scopeOfProject = ({ id, usesGeneralMemory }: Project): MemoryScope => ({
  projectId: id,
  usesGeneral: usesGeneralMemory,
});

/** A prompt that is given as a whole has no instructions of the project; its documents and memory it has. */
export const withoutInstructions = ({ id, name }: ReceiptProject): ReceiptProject => ({
  ...{ id, name },
  ...{ from: 0, to: 0 },
});

/** How many receipts are rewritten in one transaction. */
const receiptsAtOnce = 50;

/** Takes an erased project out of all receipts, in steps of which each is short. */
export function* forgetInReceipts(
  store: Pick<Store, "projects" | "generations" | "transaction">,
  projectId: string,
): Generator<void, void, undefined> {
  for (;;) {
    const ids = store.projects.receiptsOf(projectId, receiptsAtOnce);
    if (ids.length === 0) return;
    yield store.transaction(() => {
      for (const id of ids) forgetIn(store, projectId, id);
    });
  }
}

function forgetIn(
  { projects, generations }: Pick<Store, "projects" | "generations">,
  projectId: string,
  id: string,
): void {
  const receipt = generations.get(id)?.receipt;
  if (receipt?.project?.id === projectId) {
    const { systemPrompt, project } = receipt;
    const [from, to] = [project.from, Math.max(project.from, project.to)];
    generations.update(id, {
      receipt: {
        ...receipt,
        systemPrompt: systemPrompt.slice(0, from) + systemPrompt.slice(to),
        project: { id: projectId, name: "", from: 0, to: 0 },
      },
    });
  }
  projects.forgetReceipt(projectId, id);
}
