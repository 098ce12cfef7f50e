import type { AskContext, Understanding } from '../understanding.ts';
export function understand(_question: string, _context: AskContext): Understanding {
  return { kind: 'unknown', text: 'stub', suggestions: [] };
}
