/* A room that changes while it is looked at: asks the server for the room's number, and for a new run on a higher one.
   Nobody looks at a page that is hidden; when it is shown again it looks at once. */

const PATIENCE = 10; // seconds after which a run that was asked for is taken for lost
const ENDS = new WeakMap(); // the element -> what ends its watch: every run begins a new one, and Streamlit ends none

export default function (component) {
  const [address, seen, seconds] = component.data;
  let timer = null;
  let over = false;

  const later = (wait) => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(look, wait * 1000 * (0.9 + 0.2 * Math.random()));
  };
  const look = async () => {
    let news = false;
    if (!document.hidden) {
      try {
        const answer = await fetch(address, { cache: "no-store" });
        // No number: the room is gone, or the server began anew; the page finds out, and says so.
        news = answer.ok && !(Number(await answer.text()) <= seen);
      } catch {
        // No connection: the page says so by itself.
      }
    }
    if (over) return;
    if (news) component.setTriggerValue("news", Date.now());
    // The run that was asked for brings the next number. Asked for again before it is done, it would begin anew.
    later(news ? PATIENCE : seconds);
  };
  const shown = () => {
    if (!document.hidden) look();
  };
  const end = () => {
    over = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", shown);
  };

  ENDS.get(component.parentElement)?.();
  ENDS.set(component.parentElement, end);
  document.addEventListener("visibilitychange", shown);
  later(seconds);
  return end;
}
