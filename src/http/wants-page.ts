/** Whether an address that has a page and JSON is asked for its page: programs ask for JSON, for everything, or say nothing. */
export const wantsPage = ({ headers }: Request): boolean =>
  headers.get("accept")?.includes("text/html") === true;
