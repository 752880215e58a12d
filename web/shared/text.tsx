/** The words of the pages, Chinese first. Each part of the pages has a file of words per language; English is loaded when it is chosen. */
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';

export type Language = 'zh' | 'en';

const KEPT = 'language';

type Chosen = { readonly language: Language; readonly choose: (language: Language) => void };

const LanguageContext = createContext<Chosen>({ language: 'zh', choose: () => {} });

/** Chinese, unless English was chosen on this device, or is what the browser asks for and not Chinese. */
function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'zh' || kept === 'en') return kept;
  const wanted = navigator.languages.find((each) => /^(zh|en)/.test(each));
  return wanted?.startsWith('en') ? 'en' : 'zh';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const chosen = useMemo(
    () => ({
      language,
      choose(next: Language) {
        localStorage.setItem(KEPT, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <LanguageContext value={chosen}>{children}</LanguageContext>;
}

export function useLanguage(): Chosen {
  return use(LanguageContext);
}

/**
 * Makes the hook that gives a part its words. `zh` is in the part itself; `loadEnglish` brings the others, and until they are there the
 * Chinese ones are shown.
 */
export function wordsOf<W extends object>(zh: W, loadEnglish: () => Promise<W>): () => W {
  let english: W | undefined;
  return function useWords() {
    const { language } = useLanguage();
    const [, setLoaded] = useState(false);
    useEffect(() => {
      if (language !== 'en' || english) return;
      void loadEnglish().then((words) => {
        english = words;
        setLoaded(true);
      });
    }, [language]);
    return language === 'en' ? (english ?? zh) : zh;
  };
}
