import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';

/** What the predictions feature sets beyond its definitions. */
export function wirePredictions(backend: Backend): void {
  const stack = backend.createStack('predictions');

  new Policy(stack, 'flowers-identifyLabelssPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'rekognition:DetectLabels',
          'rekognition:DetectModerationLabels',
        ],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'hikers-IdentifyEntitiesPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'rekognition:DetectFaces',
          'rekognition:RecognizeCelebrities',
        ],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'mood-InterpretPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'comprehend:DetectSentiment',
          'comprehend:DetectEntities',
          'comprehend:DetectDominantLanguage',
          'comprehend:DetectSyntax',
          'comprehend:DetectKeyPhrases',
        ],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'noticeboards-IdentifyTextPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'rekognition:DetectText',
          'rekognition:DetectLabel',
          'textract:AnalyzeDocument',
          'textract:DetectDocumentText',
          'textract:GetDocumentAnalysis',
          'textract:StartDocumentAnalysis',
          'textract:StartDocumentTextDetection',
        ],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'readaloud-PollyPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['polly:SynthesizeSpeech'],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'signs-TranslatePolicy', {
    roles: [
      backend.auth.resources.authenticatedUserIamRole,
      backend.auth.resources.unauthenticatedUserIamRole,
    ],
    statements: [
      new PolicyStatement({
        actions: ['translate:TranslateText'],
        resources: ['*'],
      }),
    ],
  });

  new Policy(stack, 'snowdepth-InferModelPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: ['sagemaker:InvokeEndpoint'],
        resources: [
          'arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/snow-depth',
        ],
      }),
    ],
  });

  new Policy(stack, 'voicenotes-PollyPolicy', {
    roles: [backend.auth.resources.authenticatedUserIamRole],
    statements: [
      new PolicyStatement({
        actions: [
          'transcribe:GetTranscriptionJob',
          'transcribe:StartStreamTranscription',
          'transcribe:StartStreamTranscriptionWebSocket',
          'transcribe:StartTranscriptionJob',
        ],
        resources: ['*'],
      }),
    ],
  });

  backend.addOutput({
    custom: {
      Predictions: {
        identify: {
          identifyLabels: {
            region: stack.region,
            proxy: false,
            defaults: { type: 'LABELS' },
          },
          identifyEntities: {
            region: stack.region,
            proxy: false,
            celebrityDetectionEnabled: true,
          },
          identifyText: {
            region: stack.region,
            proxy: false,
            defaults: { format: 'ALL' },
          },
        },
        interpret: {
          interpretText: {
            region: 'us-east-1',
            proxy: false,
            defaults: { type: 'SENTIMENT' },
          },
        },
        convert: {
          speechGenerator: {
            region: stack.region,
            proxy: false,
            defaults: { VoiceId: 'Mizuki', LanguageCode: 'ja-JP' },
          },
          translateText: {
            region: stack.region,
            proxy: false,
            defaults: { sourceLanguage: 'ja', targetLanguage: 'en' },
          },
          transcription: {
            region: 'ap-northeast-2',
            proxy: false,
            defaults: { language: 'en-US' },
          },
        },
        infer: {
          inferModel: {
            region: stack.region,
            proxy: false,
            endpoint: 'snow-depth',
          },
        },
      },
    },
  });
}
