// What the page shows, as the runner's events have it.

/** Verdicts, the gravest first: the mark repeats in shape what the colour says. */
const VERDICTS = {
  broken: { mark: '!', label: 'broken' },
  unreachable: { mark: '⌀', label: 'unreachable' },
  failed: { mark: '✗', label: 'failed' },
  inconclusive: { mark: '?', label: 'inconclusive' },
  known: { mark: '~', label: 'known to fail' },
  passed: { mark: '✓', label: 'passed' },
  skipped: { mark: '–', label: 'skipped' },
};

const MAX_HAYSTACK = 200_000;

const RUN = read();

function read() {
  const { started, sessions, finished } = JSON.parse(document.getElementById('data').textContent);
  return { started, finished, sessions: sessions.map(sessionOf) };
}

function sessionOf({ report, reproduce, 'n-lines-left-out': nLeftOut }) {
  return { ...report, reproduce, nLeftOut, violations: violationsByFrame(report.failures) };
}

/** Which failures are about which line of the transcript. */
function violationsByFrame(failures) {
  const byFrame = new Map();
  for (const failure of failures) {
    const idx = failure['frame-idx'];
    if (idx === undefined) continue;
    byFrame.set(idx, [...(byFrame.get(idx) ?? []), failure]);
  }
  return byFrame;
}

/** The gravest verdict of failures: one that is known counts for little. */
function gravest(failures) {
  const verdicts = failures.map(weight);
  return Object.keys(VERDICTS).find((verdict) => verdicts.includes(verdict));
}

function weight(failure) {
  return failure.known ? 'known' : failure.verdict;
}

/** The sessions of each verdict, the gravest first; without those that nobody has. */
function verdictCounts(sessions) {
  const counts = Object.keys(VERDICTS).map((verdict) => [
    verdict,
    sessions.filter((session) => session.verdict === verdict).length,
  ]);
  return counts.filter(([, n]) => n > 0);
}

/** The verdict of the whole run. */
function runVerdict() {
  const [gravest] = verdictCounts(RUN.sessions).map(([verdict]) => verdict);
  const isStale = (RUN.finished.known ?? []).some((known) => known.stale);
  if (isStale && !['broken', 'unreachable'].includes(gravest)) return 'failed';
  const isWhole = RUN.sessions.length >= RUN.started['n-sessions'];
  if (!isWhole && !['broken', 'unreachable', 'failed'].includes(gravest)) return 'inconclusive';
  return gravest ?? 'passed';
}

/** What a search looks through. */
function haystack(session) {
  if (session.haystack === undefined) {
    const failures = session.failures.flatMap(({ rule, event, message }) => [rule, event ?? '', message]);
    const frames = session.transcript.flatMap(({ what, text }) => [what, text]);
    const text = [fullName(session), session.file, session.contract, session.verdict, session.skipped ?? '', ...failures, ...frames].join('\n');
    session.haystack = text.slice(0, MAX_HAYSTACK).toLowerCase();
  }
  return session.haystack;
}

/** The session's name, with its permutation and the number of its repetition. */
function fullName(session) {
  const n = session['repetition-idx'] ?? 0;
  const name = session.permutation ? `${session.name} [${session.permutation}]` : session.name;
  return n === 0 ? name : `${name} #${n + 1}`;
}

function badge(verdict) {
  const { mark, label } = VERDICTS[verdict];
  return h('span', { class: `badge ${verdict}` }, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), label);
}

function linkTo(session, frameIdx) {
  const frame = frameIdx === undefined ? '' : `/frame/${frameIdx}`;
  return `#/session/${session['session-idx']}${frame}`;
}
