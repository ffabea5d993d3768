"""The few lines that must run in the browser: chats scroll to what is new, focus is not lost."""

from typing import Final

SCRIPT: Final = """
(() => {
  // A chat stays at its end when something comes; whoever scrolled up is left in peace.
  const NEAR = 120;
  let last = null;
  document.addEventListener("focusin", (event) => {
    const message = event.target.closest?.(".message");
    last = message ? {id: message.id, log: message.closest(".log")?.id} : null;
  });
  const watched = new WeakSet();
  const watch = (log) => {
    if (watched.has(log)) return;
    watched.add(log);
    let atEnd = true;
    log.addEventListener("scroll", () => {
      atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    });
    const toEnd = () => { log.scrollTop = log.scrollHeight; };
    new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);
    new MutationObserver((changes) => {
      const came = changes.some((change) => [...change.addedNodes].some(
        (node) => node.classList?.contains("message")));
      if (came || atEnd) { toEnd(); requestAnimationFrame(toEnd); }
      // A button that was pressed is gone with its message's old text: stay in that message.
      if (document.activeElement === document.body && last?.log === log.id) {
        const message = document.getElementById(last.id);
        (message?.querySelector("button") ?? log).focus({preventScroll: true});
      }
    }).observe(log, {childList: true, subtree: true});
    toEnd();
  };
  new MutationObserver(() => document.querySelectorAll(".log").forEach(watch))
    .observe(document.body, {childList: true, subtree: true});
  // The latest day of a case's past stands at the right, or at the bottom.
  const ends = new WeakSet();
  new MutationObserver(() => document.querySelectorAll(".to-end").forEach((past) => {
    if (ends.has(past)) return;
    ends.add(past);
    new MutationObserver(() => past.scrollTo(past.scrollWidth, past.scrollHeight))
      .observe(past, {childList: true, subtree: true});
  })).observe(document.body, {childList: true, subtree: true});
  // Arrows move between tabs, as a tab list promises.
  document.addEventListener("click", (event) => event.target.closest?.('[role="tab"]')
    ?.scrollIntoView({block: "nearest", inline: "center"}));
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('[role="tab"]');
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role="tab"]')];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus(); next.click();
  });
})();
"""
