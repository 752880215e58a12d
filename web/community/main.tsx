import { Gate } from '../console/gate.tsx';
import { start } from '../console/setup.tsx';
import './community.css';
import { Sections } from './sections.tsx';
import { useWords } from './words.ts';

function Community() {
  const { office } = useWords();
  return (
    <Gate title={office} admits={({ kind, community }) => kind === 'officer' && community !== null}>
      <Sections />
    </Gate>
  );
}

start(<Community />);
