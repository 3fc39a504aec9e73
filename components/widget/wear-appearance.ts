/** Looks as the desktop around does; what the desktop does not tell stays as the system has it. */
export function wearAppearance(
  page: Pick<Document, "documentElement">,
  { theme }: { theme?: "light" | "dark" },
): void {
  if (theme) page.documentElement.classList.toggle("dark", theme === "dark");
}
