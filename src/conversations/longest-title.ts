/** The most characters of a conversation's title. */
export const longestTitle = 200;
