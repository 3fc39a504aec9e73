/** A key or a chord as it stands on the keyboard: `Ctrl+K`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans text-xs text-muted">
      {keys.split("+").map((key) => (
        <span key={key} className="min-w-4 rounded-sm border bg-background px-1 text-center leading-4">
          {key}
        </span>
      ))}
    </kbd>
  );
}
