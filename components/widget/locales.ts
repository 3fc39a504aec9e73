/** The languages that the widget speaks. */
export const LOCALES = ["en", "es", "de", "fr", "pt"] as const;
export type Locale = (typeof LOCALES)[number];

/** A language of ours, and the tag that numbers and times follow: `de-AT` reads German and counts as Austrians do. */
export type ChosenLocale = { locale: Locale; tag: string };

const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/i;

/** The first of what was asked for, best first, that the widget speaks. What is no tag, such as an unfilled placeholder, counts as not asked for. */
export function chooseLocale(asked: readonly (string | null | undefined)[]): ChosenLocale {
  for (const given of asked) {
    const chosen = spoken(given);
    if (chosen) return chosen;
  }
  return { locale: "en", tag: "en" };
}

/** The widget's language for a tag; undefined where it has none. Desktops write `de_DE` and `de-de` as well. */
export function spoken(given: string | null | undefined): ChosenLocale | undefined {
  const tag = given?.trim().replaceAll("_", "-") ?? "";
  if (!TAG.test(tag)) return undefined;
  const base = tag.slice(0, tag.indexOf("-") === -1 ? undefined : tag.indexOf("-")).toLowerCase();
  const locale = LOCALES.find((each) => each === base);
  if (!locale) return undefined;
  const [known] = supported(tag);
  return { locale, tag: known ?? locale };
}

function supported(tag: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([tag]);
  } catch {
    return [];
  }
}

/** The tags of an `Accept-Language` header, the best liked first. */
export function acceptedLanguages(header: string | null): string[] {
  return (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find(Boolean);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag);
}

/** Names under which an address may carry a language; Genesys Cloud's desktop fills in `langTag`. */
export const LOCALE_PARAMETERS = ["locale", "lang", "langTag"] as const;
