export type FrameRules = (platform: string, publicId: string) => Promise<string | undefined>;

/**
 * The hosts that may frame one connection's widget, as the value of `frame-ancestors`. A connection
 * that is unknown, switched off or of another platform answers `'none'`, so no page can tell them apart.
 */
export async function frameAncestorsFor(
  platform: string,
  publicId: string,
  lookUp: FrameRules = async () => undefined,
): Promise<string> {
  return (await lookUp(platform, publicId)) ?? "'none'";
}
