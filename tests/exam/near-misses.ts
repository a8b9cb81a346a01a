/** Questions that look like the desk's, and are not: no calculation is asked for, or not one that it knows. */
export const nearMisses: readonly string[] = [];
