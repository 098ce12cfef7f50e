// `:name:` -> the sign, for the names that reports use; unknown names stay as they are.

const SIGNS: Record<string, string> = {
  arrow_down: '⬇️',
  arrow_up: '⬆️',
  bar_chart: '📊',
  bulb: '💡',
  calendar: '📅',
  chart_with_downwards_trend: '📉',
  chart_with_upwards_trend: '📈',
  eyes: '👀',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  large_green_circle: '🟢',
  large_yellow_circle: '🟡',
  mag: '🔍',
  memo: '📝',
  no_entry: '⛔',
  page_facing_up: '📄',
  question: '❓',
  receipt: '🧾',
  red_circle: '🔴',
  rotating_light: '🚨',
  tada: '🎉',
  thumbsdown: '👎',
  thumbsup: '👍',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  x: '❌',
};

export function emoji(html: string): string {
  return html.replace(/:([a-z0-9_+-]+):/g, (whole, name) => SIGNS[name] ?? whole);
}
