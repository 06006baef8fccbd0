import { Amplify } from 'aws-amplify';
import { createRoot } from 'react-dom/client';

import awsconfig from './aws-exports';
import { Catalogue } from './Catalogue';

Amplify.configure(awsconfig);

createRoot(document.getElementById('root')).render(<Catalogue />);
