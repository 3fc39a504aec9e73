import {
  Activity,
  BookOpen,
  Cable,
  ChartColumn,
  FlaskConical,
  LayoutDashboard,
  ListTree,
  type LucideIcon,
  MessagesSquare,
  ScrollText,
  Settings,
  Sparkles,
} from "lucide-react";
import type { PageKey } from "./navigation.ts";

const ICONS: Record<PageKey, LucideIcon> = {
  overview: LayoutDashboard,
  analytics: ChartColumn,
  integrations: Cable,
  queues: ListTree,
  knowledge: BookOpen,
  models: Sparkles,
  health: Activity,
  events: ScrollText,
  conversations: MessagesSquare,
  settings: Settings,
  sandbox: FlaskConical,
};

export function PageIcon({ page }: { page: PageKey }) {
  const Icon = ICONS[page];
  return <Icon className="size-4 shrink-0" aria-hidden />;
}
