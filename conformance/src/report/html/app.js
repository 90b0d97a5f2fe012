// Which of it is shown: the address says it, so that links, the back button and bookmarks work.

const ROUTE = /^#\/session\/(\d+)(?:\/frame\/(\d+))?$/u;

const list = new SessionList();
let shown = { session: undefined, sequence: undefined };

fill(document.getElementById('run'), runHead());
fill(document.getElementById('sessions'), list.elements());
document.querySelector('.skip').addEventListener('click', (event) => {
  // The address names a session, not a place in the page.
  event.preventDefault();
  document.getElementById('main').focus();
});
addEventListener('hashchange', () => show(true));
show(false);

/** Shows what the address names. */
function show(isFocused) {
  const [, sessionIdx, frameIdx] = ROUTE.exec(location.hash) ?? [];
  const session = RUN.sessions.find((one) => one['session-idx'] === Number(sessionIdx));
  const frame = frameIdx === undefined ? undefined : Number(frameIdx);
  if (session && session === shown.session && frame !== undefined) {
    shown.sequence.openFrame(frame, true);
    return;
  }
  const main = document.getElementById('main');
  const { page, sequence } = session ? sessionPage(session, frame) : { page: overviewPage() };
  fill(main, page);
  shown = { session, sequence };
  document.body.classList.toggle('has-session', Boolean(session));
  list.select(session?.['session-idx']);
  if (!isFocused && frame === undefined) return;
  if (frame === undefined) {
    main.querySelector('h2').focus({ preventScroll: true });
    scrollTo(0, 0);
  } else {
    sequence.openFrame(frame, true);
  }
}
