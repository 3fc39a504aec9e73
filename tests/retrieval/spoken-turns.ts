/** A turn as customers say it, and the articles that may answer it; none for what the base does not know. */
export type SpokenTurn = { text: string; articles: readonly string[] };

/**
 * Written beside the articles. The lines were not changed after a figure was seen, but the allowance for prose and
 * the vote of sections were chosen while looking at them: a guard against loss, not a measure.
 */
export const SPOKEN_TURNS: readonly SpokenTurn[] = [
  {
    text: "Yeah, that works. Now about my router. I cancelled the contract two weeks ago and it still sits on my shelf. How do I send the router back?",
    articles: ["returns-router-after-cancelling", "returns-label-and-dropoff"],
  },
  {
    text: "Okay. My husband ordered a phone for me last Monday. The driver asked for a passport and I only had my bank card. Does he need to see my passport?",
    articles: ["delivery-signature-and-id"],
  },
  {
    text: "Right. So we had a storm and the power was gone for two hours. The landline was dead as well. Does the landline work in a power cut?",
    articles: ["outages-power-cut"],
  },
  {
    text: "Thanks for waiting. I am going abroad for half a year and nobody will be at home. Can I pause my service during that time?",
    articles: ["accounts-pause-service"],
  },
  {
    text: "I see, I see. One more thing. I have collected quite some points over the years. When do my points expire?",
    articles: ["accounts-loyalty-points"],
  },
  {
    text: "Hello, good morning. I left my phone in a taxi yesterday evening. I am afraid somebody uses it. How can I block the SIM?",
    articles: ["privacy-lost-or-stolen-phone"],
  },
  {
    text: "That is okay. By the way, I got a strange text message that says my account is locked. It wants me to click on a link. Is this message from you?",
    articles: ["privacy-phishing-and-scam-calls"],
  },
  {
    text: "Fine. I just turned off the paper because of the trees. But my accountant wants it back. Is there a fee for a paper bill?",
    articles: ["billing-paper-bills"],
  },
  {
    text: "Yes please. Um, I signed up in March and I am not happy. What do I have to pay if I leave the contract early?",
    articles: ["billing-early-exit-fee"],
  },
  {
    text: "Sure. My kids watch videos all night on their tablets. Can I switch off the internet for them at bedtime?",
    articles: ["privacy-children-and-parental-controls"],
  },
  {
    text: "Got it. I ordered a blue phone case and you sent me a red one. What happens with the wrong item?",
    articles: ["returns-wrong-item"],
  },
  {
    text: "Okay, thank you. The upstairs bedroom has almost no reception. The Wi-Fi is fine in the kitchen. How can I get better Wi-Fi upstairs?",
    articles: ["outages-wifi-dead-spots"],
  },
  {
    text: "Good. My father died last month. I am sorry, this is hard. What do you need from me to close his account?",
    articles: ["accounts-deceased-customer"],
  },
  {
    text: "All right. I was not at home when the driver came. There is a card in my letter box. When will he come again?",
    articles: ["delivery-missed"],
  },
  {
    text: "Hm, okay. My new SIM card arrived this morning. I put it into the phone. How do I activate it?",
    articles: ["delivery-sim-activation"],
  },
  {
    text: "Yes, exactly. I have an old phone in the drawer. It still works. Do you take it as a trade-in?",
    articles: ["returns-trade-in"],
  },
  {
    text: "Great, thanks. I forgot the password for the app. The email never comes. How can I reset my password?",
    articles: ["accounts-reset-password"],
  },
  {
    text: "hi, me again. i bought headphones as a present for my brother and lost the receipt. can he still exchange them?",
    articles: ["returns-gift-and-no-receipt", "returns-exchange"],
  },
  {
    text: "thanks! one more: my screen got cracked on the way here, the box was wet too. what do i do with a damaged parcel?",
    articles: ["delivery-damaged-on-arrival"],
  },
  {
    text: "Okay. I see an amount on my bill that I do not know. It says premium service. How can I dispute a charge?",
    articles: ["billing-dispute-charge"],
  },
  {
    text: "That was quick. I work from home and the connection gets very slow in the afternoon. What can I do against slow internet?",
    articles: ["outages-slow-internet"],
  },
  {
    text: "Yes. I get a call from your sales team every week. I do not want that. How can I stop these marketing calls?",
    articles: ["privacy-marketing-opt-out"],
  },
  {
    text: "I waited the whole morning. Nobody came. The engineer should have been here at nine. What happens if the engineer misses the visit?",
    articles: ["outages-engineer-visit"],
  },
  {
    text: "No, that is all clear. My price went up by three dollars. I did not agree to that. Can I cancel because of the price change?",
    articles: ["billing-price-changes"],
  },
  {
    text: "Okay great. I would like to get a faster plan. My son is gaming a lot. When does the new speed start?",
    articles: ["accounts-change-plan-speed"],
  },
  { text: "Okay. I am between jobs right now. Are you hiring people for your shop?", articles: [] },
  { text: "I see. We watch a lot of films. Which television channels do you have?", articles: [] },
  { text: "Good. My friend has a smart watch. Can you repair the strap of a watch?", articles: [] },
  {
    text: "Thanks. I saw your advertisement on the bus. Who is the woman in the advertisement?",
    articles: [],
  },
  { text: "All right. My laptop is quite old. How do I install Windows on it?", articles: [] },
  {
    text: "Okay, thanks. My cat is sick since Tuesday. Do you know a good vet near the station?",
    articles: [],
  },
  { text: "That is good to know. I am hungry now. Which pizza would you recommend?", articles: [] },
  { text: "I understand. My nephew studies law. How do I become a judge in this country?", articles: [] },
  { text: "Perfect. We want to paint the living room. Which colour goes with a brown sofa?", articles: [] },
  { text: "Okay, fine. My car makes a strange noise. How much does a new gearbox cost?", articles: [] },
  { text: "Thanks. It rained all week here. What will the weather be like at the weekend?", articles: [] },
  {
    text: "I will do that. By the way, we are looking for a dentist. Do you also offer health insurance?",
    articles: [],
  },
  { text: "ok cool. i am learning french at the moment. how do you say goodbye in french?", articles: [] },
  { text: "Good. My neighbor has chickens. Am I allowed to keep chickens in my garden?", articles: [] },
];
