/**
 * Proto3's JSON is written in camelCase by Google and in snake_case by some who forward it; both are read
 * (contract section 3). Keys of maps are left alone: they are somebody's own words.
 */
const MAPS = new Set(["metadata", "attributes", "parameters", "payload", "labels"]);

export function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [camel(key), MAPS.has(key) ? inner : camelKeys(inner)]),
  );
}

const camel = (key: string) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
