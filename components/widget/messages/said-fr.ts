import type { SaidCatalogue } from "./said-sentences.ts";

export const saidFr: SaidCatalogue = {
  "Your sign-in has ended. Sign in again.": "Votre connexion a expiré. Reconnectez-vous.",
  "This sign-in was begun in another window. Sign in again here.":
    "Cette connexion a été commencée dans une autre fenêtre. Reconnectez-vous ici.",
  "The server could not be reached. Check the network, then sign in again.":
    "Le serveur est injoignable. Vérifiez le réseau, puis reconnectez-vous.",
  "This widget's address is not valid any more, or has no sign-in. Ask your administrator.":
    "L’adresse de ce widget n’est plus valable ou n’a pas de connexion. Demandez à votre administrateur.",
  "The sign-in could not be begun. Try again in a moment.":
    "La connexion n’a pas pu commencer. Réessayez dans un instant.",
  "The connection was too slow; nothing was sent.": "La liaison était trop lente ; rien n’a été envoyé.",
  "It could not be confirmed. Check the conversation before you send it again.":
    "Cela n’a pas pu être confirmé. Vérifiez la conversation avant de l’envoyer à nouveau.",
  "The platform did not answer in time.": "La plateforme n’a pas répondu à temps.",
  "The platform could not be reached.": "La plateforme est injoignable.",
  "This platform does not allow it.": "Cette plateforme ne le permet pas.",
  "This failed on our side; try again.": "Cela a échoué de notre côté ; réessayez.",
  "Too many requests from this widget; wait a moment.":
    "Trop de demandes de ce widget ; attendez un instant.",
  "Too many widgets at once; try again in a minute.":
    "Trop de widgets à la fois ; réessayez dans une minute.",
  "This conversation has not begun here yet; try again in a moment.":
    "Cette conversation n’a pas encore commencé ici ; réessayez dans un instant.",
  "There is no such conversation.": "Cette conversation n’existe pas.",
  "There is no such suggestion in this conversation.":
    "Cette suggestion n’existe pas dans cette conversation.",
  "There is no such message or wrap-up in this conversation.":
    "Ce message ou cette clôture n’existe pas dans cette conversation.",
  "This widget session is not valid any more.": "Cette session du widget n’est plus valable.",
  "This widget may not be opened with this token.": "Ce widget ne peut pas être ouvert avec ce jeton.",
  "This sign-in has ended; sign in again.": "Cette connexion a expiré ; reconnectez-vous.",
  "You take no part in this conversation.": "Vous ne participez pas à cette conversation.",
  "You signed in to another organization than the one that this widget belongs to now. Sign in again.":
    "Vous vous êtes connecté à une autre organisation que celle de ce widget à présent. Reconnectez-vous.",
  "Agents must sign in before this widget opens. If it offers no sign-in, it stands in a page that has none: open it inside the platform's own desktop, with the address from Integrations > Deploy.":
    "Les agents doivent se connecter avant que ce widget s’ouvre. S’il n’offre pas de connexion, il se trouve dans une page qui n’en a pas : ouvrez-le dans le poste de la plateforme même, avec l’adresse de Integrations > Deploy.",
  "This sign-in was completed already, took too long, or was begun elsewhere.":
    "Cette connexion est déjà terminée, a pris trop de temps ou a été commencée ailleurs.",
  "The sign-in took too long or was lost on the way. Sign in again.":
    "La connexion a pris trop de temps ou s’est perdue en chemin. Reconnectez-vous.",
  "You did not allow the sign-in at {platform}. Nothing was changed.":
    "Vous n’avez pas autorisé la connexion à {platform}. Rien n’a changé.",
  "No card of this conversation cites this passage.":
    "Aucune suggestion de cette conversation ne cite ce passage.",
  "The article has changed since; this passage is gone.":
    "L’article a changé depuis ; ce passage n’existe plus.",
  "This id stands for something else already.": "Cet identifiant désigne déjà autre chose.",
  "A later save took its place.": "Un enregistrement plus récent l’a remplacé.",
  "Nothing has been said yet.": "Rien n’a encore été dit.",
  "Too little has been said to sum it up.": "Trop peu a été dit pour le résumer.",
  "None of the customer's words are here yet.": "Aucun mot du client n’est encore ici.",
  "The model wrote nothing that the conversation supports; these are the words said.":
    "Le modèle n’a rien écrit que la conversation appuie ; voici les mots prononcés.",
  "The model did not answer; these are the words said. It is tried again with the next.":
    "Le modèle n’a pas répondu ; voici les mots prononcés. Un nouvel essai suivra avec le prochain.",
  "The model broke off; this is what it had written.":
    "Le modèle s’est interrompu ; voici ce qu’il avait écrit.",
  "The model did not answer; these are the sources it was given.":
    "Le modèle n’a pas répondu ; voici les sources qu’il avait reçues.",
  "The model wrote nothing that the sources support.": "Le modèle n’a rien écrit que les sources appuient.",
  "Suggested by {assistant}.": "Suggéré par {assistant}.",
  "Messages cannot be sent into this conversation.":
    "Aucun message ne peut être envoyé dans cette conversation.",
  "Genesys Cloud has no such message.": "Genesys Cloud n’a pas ce message.",
  "The answer did not come in time.": "La réponse n’est pas arrivée à temps.",
  "Genesys Cloud takes no more for the moment. Try again shortly.":
    "Genesys Cloud n’accepte plus rien pour l’instant. Réessayez sous peu.",
  "Your sign-in at Genesys Cloud has ended.": "Votre connexion à Genesys Cloud a expiré.",
  "Your sign-in at Genesys Cloud has ended. Sign in again.":
    "Votre connexion à Genesys Cloud a expiré. Reconnectez-vous.",
  "Your sign-in at Genesys Cloud ends in a few minutes.":
    "Votre connexion à Genesys Cloud expire dans quelques minutes.",
  "Sign in to Genesys Cloud again.": "Reconnectez-vous à Genesys Cloud.",
  "Your role in Genesys Cloud lacks {permissions}.":
    "Il manque {permissions} à votre rôle dans Genesys Cloud.",
  "You take no part in this conversation in Genesys Cloud.":
    "Vous ne participez pas à cette conversation dans Genesys Cloud.",
  "You are signed in to the organization {organization}, and this widget belongs to another one: {wanted}. Sign out of Genesys Cloud, then sign in there.":
    "Vous êtes connecté à l’organisation {organization}, et ce widget appartient à une autre : {wanted}. Déconnectez-vous de Genesys Cloud, puis connectez-vous là-bas.",
  "Genesys Cloud takes this user's notification channels away: more than 20 are open. Close other tabs and apps.":
    "Genesys Cloud retire les canaux de notification de cet utilisateur : plus de 20 sont ouverts. Fermez d’autres onglets et applications.",
  "The connection for live updates broke off.": "La liaison des mises à jour en direct s’est coupée.",
  "Live updates failed for a reason that is not known.":
    "Les mises à jour en direct ont échoué pour une raison inconnue.",
  "Your Google sign-in has ended. Sign in again.": "Votre connexion à Google a expiré. Reconnectez-vous.",
  "You are signed in with a private account, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Vous êtes connecté avec un compte privé, et ce widget appartient à {domains}. Reconnectez-vous et choisissez votre compte professionnel.",
  "You are signed in with an account of {domain}, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Vous êtes connecté avec un compte de {domain}, et ce widget appartient à {domains}. Reconnectez-vous et choisissez votre compte professionnel.",
  "The Salesforce page is not connected to the widget.": "La page Salesforce n’est pas reliée au widget.",
  "The Salesforce page did not answer in time.": "La page Salesforce n’a pas répondu à temps.",
  "The Agent Assist component is not on this page, so messages cannot be followed.":
    "Le composant Agent Assist n’est pas sur cette page ; les messages ne peuvent donc pas être suivis.",
  "Messages cannot be handed on; they are kept and tried again.":
    "Les messages ne peuvent pas être transmis ; ils sont conservés et réessayés.",
  "The conversation's log has no such message yet.":
    "Le journal de la conversation n’a pas encore ce message.",
  "The Agent Desktop Toolkit could not be loaded.": "L’Agent Desktop Toolkit n’a pas pu être chargé.",
  "The Agent Desktop Toolkit could not be used.": "L’Agent Desktop Toolkit n’a pas pu être utilisé.",
  "The desktop shows this call no more.": "Le poste n’affiche plus cet appel.",
  "The desktop's toolkit takes no summary.": "Le toolkit du poste n’accepte pas de résumé.",
  "It goes into the call's log as soon as you save the disposition.":
    "Il entre dans le journal de l’appel dès que vous enregistrez la disposition.",
};
