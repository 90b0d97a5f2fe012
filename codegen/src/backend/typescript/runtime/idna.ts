// International labels (RFC 5890 to 5893), by the version of Unicode that the JavaScript engine knows.

/** Characters that are allowed, PVALID, CONTEXTJ or CONTEXTO (RFC 5892, 3), one or more of them. */
const ALLOWED =
  /^(?:[-0-9a-z\xb7\xdf\u0375\u03c2\u05f3\u05f4\u0660-\u0669\u06f0-\u06f9\u06fd\u06fe\u0f0b\u200c\u200d\u3007\u30fb]|(?![\u0640\u07fa\u1100-\u11ff\u20d0-\u20ff\u302e\u302f\u3031-\u3035\u303b\ua960-\ua97c\ud7b0-\ud7fb\u{1d100}-\u{1d24f}\p{CWKCF}\p{DI}])[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}])+$/u;

/** What no label holds: a mark first, hyphens at the ends or in third and fourth place, and what stands where it may not (RFC 5892, appendix A). */
const MISPLACED =
  /^[-\p{Mn}\p{Mc}]|-$|^..--|(?<!l)\xb7|\xb7(?!l)|\u0375(?!\p{Script=Greek})|(?<!\p{Script=Hebrew})[\u05f3\u05f4]|^[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]*\u30fb[^\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]*$|[\u0660-\u0669].*[\u06f0-\u06f9]|[\u06f0-\u06f9].*[\u0660-\u0669]/su;

/** Letters that join what follows, marks, a zero-width non-joiner, marks, and letters that join what precedes (RFC 5892, A.1). */
const JOINED = /* @__PURE__ */ (() => {
  const right =
    "\\u0622-\\u0625\\u0627\\u0629\\u062f-\\u0632\\u0648\\u0671-\\u0673\\u0688-\\u0699\\u06c0\\u06c3-\\u06cb\\u06cd\\u06cf\\u06d2\\u06d3\\u06d5\\u06ee\\u06ef\\u0710\\u0715-\\u0719\\u071e\\u0728\\u072a\\u072c\\u072f\\u074d\\u0759-\\u075b\\u076b\\u076c\\u0771\\u0773\\u0774\\u0778\\u0779\\u0840\\u0846\\u0847\\u0849\\u0854\\u0856-\\u0858\\u0867\\u0869\\u086a\\u0870-\\u0882\\u088e\\u08aa-\\u08ac\\u08ae\\u08b1\\u08b2\\u08b9\\u{10ac5}\\u{10ac7}\\u{10ac9}\\u{10aca}\\u{10ace}-\\u{10ad2}\\u{10add}\\u{10ae1}\\u{10ae4}\\u{10b81}\\u{10b83}-\\u{10b85}\\u{10b89}\\u{10b8c}\\u{10b8e}\\u{10b8f}\\u{10b91}\\u{10d22}\\u{10ec2}\\u{10f33}\\u{10f74}\\u{10f75}\\u{10fb4}-\\u{10fb6}\\u{10fb9}\\u{10fba}\\u{10fbd}\\u{10fc2}\\u{10fc3}";
  const left = "\\ua872\\u{10acd}\\u{10ad7}\\u{10d00}\\u{10ed9}-\\u{10eee}";
  const none =
    "\\u0621\\u0674\\u06e5\\u06e6\\u07f4\\u07f5\\u0861\\u0866\\u0883-\\u0885\\u0887\\u08ad\\u08c9\\u1880-\\u1884\\ua873\\ufe73\\u{10ac6}\\u{10acb}\\u{10acc}\\u{10ae2}\\u{10ae3}\\u{10ec5}\\u{10f00}-\\u{10f1c}\\u{10f27}\\u{10f45}\\u{10fb1}\\u{10fb7}\\u{10fc0}";
  const scripts =
    "Arab Syrc Mong Nkoo Mand Mani Phlp Phag Rohg Sogd Sogo Chrs Adlm Ougr".replace(/\w+ ?/g, (name) => `\\p{Script=${name.trim()}}`);
  const joining = (but: string) => `(?![${none}${but}])(?=\\p{L})[${scripts}]`;
  return new RegExp(`(?<=${joining(right)}\\p{Mn}*)\\u200c(?=\\p{Mn}*${joining(left)})`, "u");
})();

/** Characters that are written from right to left (RFC 5893, 1.4: R and AL, then AN), and what may stand beside them. */
const RIGHT =
  "(?:(?![\\p{Mn}\\u0660-\\u0669\\u06f0-\\u06f9\\u{10d30}-\\u{10d39}\\u{10d40}-\\u{10d49}])[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufeff\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}])";
const ARABIC_DIGIT = "[\\u0660-\\u0669\\u{10d30}-\\u{10d39}\\u{10d40}-\\u{10d49}]";
const EUROPEAN_DIGIT = "[\\d\\u06f0-\\u06f9]";
const NONSPACING = "(?![\\u0cbf\\u0cc6\\u1b3a\\u1b3c\\u1b42\\u{11a07}\\u{11a08}\\u{11c3f}])\\p{Mn}";
const NEUTRAL = "[-\\xb7\\u02b9\\u02ba\\u02c6-\\u02cf\\u02ec\\u0375\\u200c\\u200d\\u208f\\u2e2f\\u30fb\\ua67f\\ua717-\\ua71f\\ua788]";

/** Whether a label is displayed in one way only (RFC 5893, 2). */
function isReadable(label: string): boolean {
  const digits = (digit: string) =>
    new RegExp(
      `^${RIGHT}(?:(?:${RIGHT}|${digit}|${NONSPACING}|${NEUTRAL})*(?:${RIGHT}|${digit}))?(?:${NONSPACING})*$`,
      "u",
    ).test(label);
  return !new RegExp(`${RIGHT}|${ARABIC_DIGIT}`, "u").test(label) || digits(ARABIC_DIGIT) || digits(EUROPEAN_DIGIT);
}

/** A U-label (RFC 5890, 2.3.2.1), by the tests of RFC 5891, 4.2. */
function internationalLabel(characters: readonly string[] | undefined): boolean {
  const label = characters?.join("") ?? "";
  return (
    /[^\0-\x7f]/.test(label) &&
    ALLOWED.test(label) &&
    !MISPLACED.test(label) &&
    [...label.matchAll(/(.?)[\u200c\u200d]/gsu)].every(([, before = ""]) => isVirama(before) || JOINED.test(label)) &&
    isReadable(label) &&
    label.normalize("NFC") === label
  );
}

/** Whether the combining class of a character is 9: in normal form it is put behind one of 8, and before one of 10. */
function isVirama(character: string): boolean {
  const stays = (text: string) => text.normalize("NFD") === text;
  return stays(character) && !stays(`${character}\u3099`) && !stays(`\u05b0${character}`);
}

/** How the digits of a number are weighed in Punycode (RFC 3492, 5): what the numbers before it tell. */
function adapted(delta: number, n_characters: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? 700 : 2));
  rest += Math.floor(rest / n_characters);
  let base = 0;
  for (; rest > 455; base += 36) {
    rest = Math.floor(rest / 35);
  }
  return base + Math.floor((36 * rest) / (rest + 38));
}

/** The characters that `encoded` stands for (RFC 3492, 6.2), at most 63; nothing where it stands for none. */
function decoded(encoded: string): string[] | undefined {
  const hyphen = encoded.lastIndexOf("-");
  const label = [...encoded.slice(0, Math.max(hyphen, 0)).toLowerCase()];
  const digits = encoded.slice(hyphen > 0 ? hyphen + 1 : 0).toLowerCase();
  let [character, at, bias, isFirst] = [128, 0, 72, true];
  for (let next = 0; next < digits.length; ) {
    let [delta, weight] = [0, 1];
    for (let base = 36; ; base += 36) {
      const digit = "abcdefghijklmnopqrstuvwxyz0123456789".indexOf(digits[next++] ?? " ");
      const threshold = Math.min(Math.max(base - bias, 1), 26);
      delta += digit * weight;
      if (digit < 0 || delta > 0xffffffff) {
        return undefined;
      }
      if (digit < threshold) {
        break;
      }
      weight *= 36 - threshold;
    }
    const n_characters = label.length + 1;
    bias = adapted(delta, n_characters, isFirst);
    isFirst = false;
    character += Math.floor((at + delta) / n_characters);
    at = (at + delta) % n_characters;
    if (character > 0x10ffff || (character >= 0xd800 && character < 0xe000) || n_characters > 63) {
      return undefined;
    }
    label.splice(at++, 0, String.fromCodePoint(character));
  }
  return label;
}

/** The number of characters that a label is encoded in (RFC 3492, 6.3). */
function encodedLength(characters: readonly string[]): number {
  const points = characters.map((character) => character.codePointAt(0) ?? 0);
  let n_done = points.filter((point) => point < 128).length;
  let length = n_done > 0 ? n_done + 1 : 0;
  let [delta, bias, isFirst] = [0, 72, true];
  let least = 128;
  for (const next of [...new Set(points)].filter((point) => point >= 128).sort((a, b) => a - b)) {
    delta += (next - least) * (n_done + 1);
    for (const point of points) {
      if (point < next) {
        delta++;
      } else if (point === next) {
        for (let [rest, base] = [delta, 36]; ; base += 36) {
          const threshold = Math.min(Math.max(base - bias, 1), 26);
          length++;
          if (rest < threshold) {
            break;
          }
          rest = Math.floor((rest - threshold) / (36 - threshold));
        }
        bias = adapted(delta, ++n_done, isFirst);
        isFirst = false;
        delta = 0;
      }
    }
    delta++;
    least = next + 1;
  }
  return length;
}
