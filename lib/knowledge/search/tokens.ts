import { stem } from "./stem.ts";

/** Words that carry grammar or manners and no subject; spoken fillers and thanks are among them. */
const STOP_WORDS = new Set(
  `a about actually again all also although am an and another any anybody anyone anything are as ask at awesome
  back basically be because been before being both but by bye can cannot cause could did do does doing done
  dont each either else er erm even ever every for from fine further get gets getting give go goes going gonna
  good got great had hang has have having he hello help her here hers hey hi him his hold how however i if im in
  into is it its ive just kind know known let lets like little look looking lot lots made make many may maybe me
  mean might mine more most much must my myself need needs neither no nor not now of off oh ok okay on once one
  only or other our ours out over own perfect perhaps please possible pretty put quite rather really regarding right
  said same say says saying see seem shall she should since so some somebody someone something sort still such sure take tell
  than thank thanks that thats the their them then there theres these they thing things think this those though
  through to too try trying uh um umm under until up upon us use very want wanted wants was we well went were what
  whats when where whether which while who whom whose why will wish with within without wonder wondering would yeah
  cant wont dont isnt arent wasnt werent doesnt didnt couldnt wouldnt shouldnt havent hasnt hadnt youre youll
  youve theyre theyll ive im theres
  yes yet you come comes came coming your yours yep hmm mm ah mhm nope am pm`.split(/\s+/),
);

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** Every word, stemmed, stop words and all; names are matched on these. */
export function wordsOf(text: string): string[] {
  return Array.from(text.toLowerCase().normalize("NFKC").matchAll(WORD), ([word]) =>
    word.replace(/['’]s$/, "").replace(/['’]/g, ""),
  );
}

/** The words that say what a text is about, stemmed, in order, repeats kept. */
export function termsOf(text: string): string[] {
  return contentWordsOf(text).map(stem);
}

/** The same terms, each once, with the word it was said as. */
export function spokenTermsOf(text: string): Map<string, string> {
  return new Map(contentWordsOf(text).map((word) => [stem(word), word]));
}

function contentWordsOf(text: string): string[] {
  return wordsOf(text).filter((word) => !STOP_WORDS.has(word) && (word.length > 1 || /\d/.test(word)));
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
