"""The few lines that must run in the browser: scrolling to what is new, focus, the tour's keys."""

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
    let atEnd = true, size = "";
    log.addEventListener("scroll", () => {
      // a new size moves it too, and is nobody's wish
      const now = log.clientWidth + "x" + log.clientHeight;
      if (now !== size) { size = now; return; }
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
    const toEnd = () => past.scrollTo(past.scrollWidth, past.scrollHeight);
    new MutationObserver(toEnd).observe(past, {childList: true, subtree: true});
    new ResizeObserver(toEnd).observe(past);
  })).observe(document.body, {childList: true, subtree: true});
  // Arrows move between tabs, as a tab list promises; a telephone in a row comes into view.
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.('[role="tab"]');
    for (const each of [tab, document.getElementById(tab?.getAttribute("aria-controls"))]) {
      each?.scrollIntoView({block: "nearest", inline: "center"});
    }
  });
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.('[role="tab"]');
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role="tab"]')];
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus(); next.click();
  });
  // The tour by keyboard: on, pause, back; a box being written in keeps its own keys.
  const keys = {ArrowRight: "tour-next", " ": "tour-play", Escape: "tour-leave"};
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector(".tour.shown #" + keys[event.key]);
    const busy = event.target.closest?.("textarea, input, [role=tab], .q-dialog, .q-menu");
    const pressed = event.key === " " && event.target.closest?.("button, a");
    if (!keys[event.key] || !button || busy || pressed || event.repeat) return;
    event.preventDefault(); button.click();
  });
})();
"""
