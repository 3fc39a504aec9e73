import { cancelReindexAction, deleteBaseAction, reindexBaseAction, renameBaseAction } from "../actions.ts";

/** What a writer may do with the base as a whole. */
export function baseChanges(slug: string, base: { id: string; name: string }) {
  return {
    rename: renameBaseAction.bind(null, slug),
    remove: deleteBaseAction.bind(null, slug, { baseId: base.id, name: base.name }),
    reindex: reindexBaseAction.bind(null, slug, { baseId: base.id }),
    cancelReindex: cancelReindexAction.bind(null, slug, { baseId: base.id }),
  };
}
