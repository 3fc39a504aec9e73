type Appearance = { theme?: "light" | "dark" | undefined; locale?: string | undefined };

/** Looks and speaks as the desktop around does; what the desktop does not tell stays as the system and the address have it. */
export function wearAppearance(
  page: Pick<Document, "documentElement">,
  { theme, locale }: Appearance,
  speak: (tag: string) => void,
): void {
  if (theme) page.documentElement.classList.toggle("dark", theme === "dark");
  if (locale) speak(locale);
}
