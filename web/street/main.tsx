import { Gate } from '../console/gate.tsx';
import { start } from '../console/setup.tsx';
import { Street } from './street.tsx';
import './street.css';
import { useWords } from './words.ts';

function StreetOffice() {
  const { office } = useWords();
  return (
    <Gate title={office} admits={({ kind, community }) => kind === 'officer' && community === null}>
      <Street />
    </Gate>
  );
}

start(<StreetOffice />);
