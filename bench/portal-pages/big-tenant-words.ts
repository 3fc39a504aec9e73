/** Questions in several wordings; a queue's knowledge holds the answers to the first topics and to none of the last. */
export const QUESTIONS = [
  "Why was I charged twice for the same order?",
  "I see two charges for one order on my card",
  "How long does a refund take to arrive?",
  "When do I get my refund back on my account?",
  "Can I change the delivery address of my parcel?",
  "I need to change the delivery address, how do I do that?",
  "How do I reset my router?",
  "My router does not come online, how can I reset it?",
  "Where can I download last month's invoice?",
  "How can I pay my invoice by bank transfer?",
  "What is the notice period if I cancel my contract?",
  "Can I cancel my contract before it ends?",
  "Do you ship to Norway?",
  "Is shipping to Norway possible and what does it cost?",
  "Does the warranty cover water damage?",
  "Is water damage covered by the warranty?",
  "Can I use my plan abroad in Switzerland?",
  "What does roaming in Switzerland cost?",
  "How do I move my phone number to another provider?",
  "Can I keep my phone number when I switch the provider?",
  "Do you offer a student discount?",
  "Is there a discount for students?",
  "How do I add a second person to my account?",
  "Can my wife use my account as well?",
] as const;

export const SMALL_TALK = [
  "Hello, how are you?",
  "One moment please, I am looking that up for you.",
  "Okay, thank you.",
  "Let me check that for you right away.",
  "I have been waiting for a while now.",
  "Could you give me your order number?",
  "It is the one from last Tuesday.",
  "I see it here in front of me.",
  "That is what the last agent told me as well.",
  "Is there anything else that I can do for you?",
  "No, that was all.",
  "Alright, I understand.",
] as const;

export const QUEUES = [
  "Billing EN",
  "Billing DE",
  "Orders EN",
  "Orders DE",
  "Technical support",
  "Contracts",
  "Returns",
  "Shipping",
  "VIP care",
  "Business customers",
  "Retention",
  "Complaints",
] as const;

const FIRST = ["Ana", "Ben", "Carla", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas"] as const;
const LAST = ["Alvarez", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer"] as const;

export const AGENTS = FIRST.flatMap((first) => LAST.map((last) => `${first} ${last}`));
