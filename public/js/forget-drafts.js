/**
 * At a logout, and after everything was deleted, what was typed and not sent is forgotten. Without this file drafts.js forgets it
 * when somebody else logs in.
 */
const forget = () => sessionStorage.removeItem("drafts");

document.addEventListener("submit", ({ target }) => {
  if (target.matches?.("form[action$='/logout'], form[action$='/logout-everywhere']")) forget();
});
if (document.querySelector("[data-wiped]")) forget();
