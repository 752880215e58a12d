import { Link, useLocation } from 'wouter';
import { useWords } from './words.ts';

const tabs = [
  { path: '/', name: 'home', icon: 'M3 11 12 4l9 7v9h-6v-6H9v6H3z' },
  { path: '/exchange', name: 'exchange', icon: 'M4 8h13l-4-4M20 16H7l4 4' },
  { path: '/vouchers', name: 'vouchers', icon: 'M3 6h18v4a2 2 0 0 0 0 4v4H3v-4a2 2 0 0 0 0-4zM14 6v12' },
  { path: '/me', name: 'mine', icon: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6' },
] as const;

/** The way between the main screens, at the thumb. */
export function Tabs() {
  const words = useWords();
  const [location] = useLocation();
  const here = (path: string) => (path === '/' ? location === '/' : location.startsWith(path));
  return (
    <nav className="tabs" aria-label={words.tabs}>
      {tabs.map(({ path, name, icon }) => (
        <Link key={path} to={path} aria-current={here(path) ? 'page' : undefined}>
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d={icon} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" strokeLinecap="round" />
          </svg>
          {words[name]}
        </Link>
      ))}
    </nav>
  );
}
