const QUESTIONS = [
  { question: 'How many seats has an eight, without the cox?', answer: '8' },
  { question: 'How many oars has a single scull?', answer: '2' },
];

/** Asks the question of the day. */
exports.handler = async (event) => {
  if (event.request.challengeName === 'CUSTOM_CHALLENGE') {
    const { question, answer } = QUESTIONS[new Date().getUTCDate() % QUESTIONS.length];
    event.response.publicChallengeParameters = { question };
    event.response.privateChallengeParameters = { answer };
    event.response.challengeMetadata = 'QUESTION_OF_THE_DAY';
  }
  return event;
};
