/** The HTML of an answer without what its tables get when they are whole: one that is being written does not have it yet. */
export const withoutControls = (html: string) =>
  html
    .replace(/<div class="(?:table-tools|chart-place)"[^>]*>.*?<\/div>/gs, "")
    .replace(/<button[^>]*data-table="sort"[^>]*><\/button>/g, "")
    .replace(/ data-value="[^"]*"/g, "");
