/**
 * The tokens' dark form hangs on a class. This script sets it before the first paint and follows the
 * system from then on; the widget keeps no choice of its own, since it may store nothing.
 */
export const THEME_SCRIPT = `(()=>{const q=matchMedia("(prefers-color-scheme: dark)");const set=()=>document.documentElement.classList.toggle("dark",q.matches);set();q.addEventListener("change",set)})()`;
