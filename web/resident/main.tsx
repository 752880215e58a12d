import { start } from '../mobile/setup.tsx';
import { ResidentPage } from './resident-page.tsx';
import './resident.css';

start(<ResidentPage />);
