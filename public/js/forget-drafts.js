/** At a logout what was typed and not sent is forgotten. Without this file drafts.js forgets it when somebody else logs in. */
document.addEventListener("submit", ({ target }) => {
  if (target.matches?.("form[action$='/logout'], form[action$='/logout-everywhere']"))
    sessionStorage.removeItem("drafts");
});
