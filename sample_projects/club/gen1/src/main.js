import { Amplify } from 'aws-amplify';
import { signInWithRedirect } from 'aws-amplify/auth';

import config from './amplifyconfiguration.json';

Amplify.configure(config);

document.querySelector('#google').addEventListener('click', () => signInWithRedirect({ provider: 'Google' }));
