import {
  Activity,
  BookOpen,
  Cable,
  FlaskConical,
  LayoutDashboard,
  ListTree,
  type LucideIcon,
  ScrollText,
  Settings,
  Sparkles,
} from "lucide-react";
import type { PageKey } from "./navigation.ts";

const ICONS: Record<PageKey, LucideIcon> = {
  overview: LayoutDashboard,
  integrations: Cable,
  queues: ListTree,
  knowledge: BookOpen,
  models: Sparkles,
  health: Activity,
  events: ScrollText,
  settings: Settings,
  sandbox: FlaskConical,
};

export function PageIcon({ page }: { page: PageKey }) {
  const Icon = ICONS[page];
  return <Icon className="size-4 shrink-0" aria-hidden />;
}
