/** A directory is a connection's own. */
export type DirectoryPlace = { tenantId: string; connectionId: string };

/** A shift and more; each use of an entry writes it again. */
export const KEPT_SECONDS = 24 * 60 * 60;

export function directoryKeys({ connectionId }: DirectoryPlace) {
  const key = (part: string) => `directory:${connectionId}:${part}`;
  return {
    built: key("built"),
    /** Names by admins' word, to agent ids. */
    links: key("links"),
    /** Agent ids that events named, by their folded form. */
    agents: key("agents"),
    conversations: key("conversations"),
    widgets: key("widgets"),
  };
}

/** Desktops and events write one login in different cases. */
export const foldName = (name: string) => name.trim().toLowerCase();
