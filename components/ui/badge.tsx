import { cva, type VariantProps } from "class-variance-authority";
import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  Info,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names.ts";

const badgeVariants = cva(
  "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        neutral: "bg-hover text-muted",
        accent: "bg-accent-fill text-accent-text",
        ok: "bg-ok-fill text-ok",
        warn: "bg-warn-fill text-warn",
        error: "bg-error-fill text-error",
        info: "bg-info-fill text-info",
      },
      look: { filled: "", plain: "bg-transparent px-0" },
    },
    defaultVariants: { tone: "neutral", look: "filled" },
  },
);

export type Tone = NonNullable<VariantProps<typeof badgeVariants>["tone"]>;

type BadgeProps = { children: ReactNode; tone?: Tone; title?: string };

export function Badge({ children, tone, title }: BadgeProps) {
  return (
    <span className={cn(badgeVariants({ tone }))} title={title}>
      {children}
    </span>
  );
}

const STATES = {
  ok: { tone: "ok", icon: CircleCheck },
  warn: { tone: "warn", icon: TriangleAlert },
  error: { tone: "error", icon: CircleAlert },
  info: { tone: "info", icon: Info },
  busy: { tone: "info", icon: LoaderCircle },
  waiting: { tone: "neutral", icon: CircleDashed },
  off: { tone: "neutral", icon: Circle },
} as const satisfies Record<string, { tone: Tone; icon: LucideIcon }>;

export type State = keyof typeof STATES;

type StateBadgeProps = {
  state: State;
  /** The word; a color alone says nothing to many readers. */
  children: ReactNode;
  /** `plain` has no fill: for dense rows. */
  look?: "filled" | "plain";
  title?: string;
};

/** How a thing is doing: an icon, a word and a color, always all three. */
export function StateBadge({ state, children, look, title }: StateBadgeProps) {
  const { tone, icon: Icon } = STATES[state];
  return (
    <span className={cn(badgeVariants({ tone, look }))} title={title} data-state={state}>
      <Icon aria-hidden className={state === "busy" ? "animate-spin" : undefined} />
      <span className="truncate">{children}</span>
    </span>
  );
}
