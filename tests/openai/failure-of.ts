/** What a client's promise rejects with, or null. The promises of clients are their own. */
export const failureOf = async (asking: PromiseLike<unknown>): Promise<unknown> => {
  try {
    await asking;
    return null;
  } catch (error) {
    return error;
  }
};
