import type { SaidCatalogue } from "./said-sentences.ts";

export const saidDe: SaidCatalogue = {
  "Your sign-in has ended. Sign in again.": "Ihre Anmeldung ist abgelaufen. Melden Sie sich erneut an.",
  "This sign-in was begun in another window. Sign in again here.":
    "Diese Anmeldung wurde in einem anderen Fenster begonnen. Melden Sie sich hier erneut an.",
  "The server could not be reached. Check the network, then sign in again.":
    "Der Server war nicht erreichbar. Prüfen Sie das Netz und melden Sie sich dann erneut an.",
  "This widget's address is not valid any more, or has no sign-in. Ask your administrator.":
    "Die Adresse dieses Widgets gilt nicht mehr oder hat keine Anmeldung. Fragen Sie Ihre Administration.",
  "The sign-in could not be begun. Try again in a moment.":
    "Die Anmeldung konnte nicht begonnen werden. Versuchen Sie es gleich noch einmal.",
  "The connection was too slow; nothing was sent.": "Die Verbindung war zu langsam; nichts wurde gesendet.",
  "It could not be confirmed. Check the conversation before you send it again.":
    "Es konnte nicht bestätigt werden. Sehen Sie im Gespräch nach, bevor Sie es erneut senden.",
  "The platform did not answer in time.": "Die Plattform hat nicht rechtzeitig geantwortet.",
  "The platform could not be reached.": "Die Plattform war nicht erreichbar.",
  "This platform does not allow it.": "Diese Plattform erlaubt es nicht.",
  "This failed on our side; try again.": "Das ist auf unserer Seite fehlgeschlagen; versuchen Sie es erneut.",
  "Too many requests from this widget; wait a moment.":
    "Zu viele Anfragen von diesem Widget; warten Sie einen Moment.",
  "Too many widgets at once; try again in a minute.":
    "Zu viele Widgets auf einmal; versuchen Sie es in einer Minute erneut.",
  "This conversation has not begun here yet; try again in a moment.":
    "Dieses Gespräch hat hier noch nicht begonnen; versuchen Sie es gleich noch einmal.",
  "There is no such conversation.": "Dieses Gespräch gibt es nicht.",
  "There is no such suggestion in this conversation.": "Diesen Vorschlag gibt es in diesem Gespräch nicht.",
  "There is no such message or wrap-up in this conversation.":
    "Diese Nachricht oder Nachbearbeitung gibt es in diesem Gespräch nicht.",
  "This widget session is not valid any more.": "Diese Widget-Sitzung gilt nicht mehr.",
  "This widget may not be opened with this token.":
    "Dieses Widget darf mit diesem Token nicht geöffnet werden.",
  "This sign-in has ended; sign in again.": "Diese Anmeldung ist abgelaufen; melden Sie sich erneut an.",
  "You take no part in this conversation.": "Sie nehmen an diesem Gespräch nicht teil.",
  "You signed in to another organization than the one that this widget belongs to now. Sign in again.":
    "Sie haben sich bei einer anderen Organisation angemeldet als der, zu der dieses Widget jetzt gehört. Melden Sie sich erneut an.",
  "Agents must sign in before this widget opens. If it offers no sign-in, it stands in a page that has none: open it inside the platform's own desktop, with the address from Integrations > Deploy.":
    "Agenten müssen sich anmelden, bevor sich dieses Widget öffnet. Bietet es keine Anmeldung an, steht es auf einer Seite, die keine hat: Öffnen Sie es im Desktop der Plattform selbst, mit der Adresse aus Integrations > Deploy.",
  "This sign-in was completed already, took too long, or was begun elsewhere.":
    "Diese Anmeldung wurde schon abgeschlossen, dauerte zu lange oder wurde anderswo begonnen.",
  "The sign-in took too long or was lost on the way. Sign in again.":
    "Die Anmeldung dauerte zu lange oder ging unterwegs verloren. Melden Sie sich erneut an.",
  "You did not allow the sign-in at {platform}. Nothing was changed.":
    "Sie haben die Anmeldung bei {platform} nicht erlaubt. Nichts wurde geändert.",
  "No card of this conversation cites this passage.": "Kein Vorschlag dieses Gesprächs zitiert diese Stelle.",
  "The article has changed since; this passage is gone.":
    "Der Artikel wurde inzwischen geändert; diese Stelle gibt es nicht mehr.",
  "This id stands for something else already.": "Diese Kennung steht schon für etwas anderes.",
  "A later save took its place.": "Eine spätere Speicherung trat an ihre Stelle.",
  "Nothing has been said yet.": "Noch wurde nichts gesagt.",
  "Too little has been said to sum it up.": "Für eine Zusammenfassung wurde noch zu wenig gesagt.",
  "None of the customer's words are here yet.": "Vom Kunden liegt hier noch kein Wort vor.",
  "The model wrote nothing that the conversation supports; these are the words said.":
    "Das Modell hat nichts geschrieben, was das Gespräch stützt; dies sind die gesagten Worte.",
  "The model did not answer; these are the words said. It is tried again with the next.":
    "Das Modell hat nicht geantwortet; dies sind die gesagten Worte. Beim nächsten Mal wird es erneut versucht.",
  "The model broke off; this is what it had written.": "Das Modell brach ab; so weit war es gekommen.",
  "The model did not answer; these are the sources it was given.":
    "Das Modell hat nicht geantwortet; dies sind die Quellen, die es bekam.",
  "The model wrote nothing that the sources support.":
    "Das Modell hat nichts geschrieben, was die Quellen stützen.",
  "Suggested by {assistant}.": "Vorgeschlagen von {assistant}.",
  "Messages cannot be sent into this conversation.":
    "In dieses Gespräch können keine Nachrichten gesendet werden.",
  "Genesys Cloud has no such message.": "Genesys Cloud kennt diese Nachricht nicht.",
  "The answer did not come in time.": "Die Antwort kam nicht rechtzeitig.",
  "Genesys Cloud takes no more for the moment. Try again shortly.":
    "Genesys Cloud nimmt im Moment nichts mehr an. Versuchen Sie es in Kürze erneut.",
  "Your sign-in at Genesys Cloud has ended.": "Ihre Anmeldung bei Genesys Cloud ist abgelaufen.",
  "Your sign-in at Genesys Cloud has ended. Sign in again.":
    "Ihre Anmeldung bei Genesys Cloud ist abgelaufen. Melden Sie sich erneut an.",
  "Your sign-in at Genesys Cloud ends in a few minutes.":
    "Ihre Anmeldung bei Genesys Cloud läuft in wenigen Minuten ab.",
  "Sign in to Genesys Cloud again.": "Melden Sie sich erneut bei Genesys Cloud an.",
  "Your role in Genesys Cloud lacks {permissions}.": "Ihrer Rolle in Genesys Cloud fehlt {permissions}.",
  "You take no part in this conversation in Genesys Cloud.":
    "Sie nehmen an diesem Gespräch in Genesys Cloud nicht teil.",
  "You are signed in to the organization {organization}, and this widget belongs to another one: {wanted}. Sign out of Genesys Cloud, then sign in there.":
    "Sie sind bei der Organisation {organization} angemeldet, und dieses Widget gehört zu einer anderen: {wanted}. Melden Sie sich von Genesys Cloud ab und dann dort an.",
  "Genesys Cloud takes this user's notification channels away: more than 20 are open. Close other tabs and apps.":
    "Genesys Cloud entzieht diesem Benutzer die Benachrichtigungskanäle: mehr als 20 sind offen. Schließen Sie andere Tabs und Apps.",
  "The connection for live updates broke off.": "Die Verbindung für Live-Aktualisierungen brach ab.",
  "Live updates failed for a reason that is not known.":
    "Live-Aktualisierungen sind aus einem unbekannten Grund ausgefallen.",
  "Your Google sign-in has ended. Sign in again.":
    "Ihre Anmeldung bei Google ist abgelaufen. Melden Sie sich erneut an.",
  "You are signed in with a private account, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Sie sind mit einem privaten Konto angemeldet, und dieses Widget gehört zu {domains}. Melden Sie sich erneut an und wählen Sie Ihr Arbeitskonto.",
  "You are signed in with an account of {domain}, and this widget belongs to {domains}. Sign in again and choose your work account.":
    "Sie sind mit einem Konto von {domain} angemeldet, und dieses Widget gehört zu {domains}. Melden Sie sich erneut an und wählen Sie Ihr Arbeitskonto.",
  "The Salesforce page is not connected to the widget.":
    "Die Salesforce-Seite ist nicht mit dem Widget verbunden.",
  "The Salesforce page did not answer in time.": "Die Salesforce-Seite hat nicht rechtzeitig geantwortet.",
  "The Agent Assist component is not on this page, so messages cannot be followed.":
    "Die Komponente Agent Assist ist nicht auf dieser Seite; daher kann Nachrichten nicht gefolgt werden.",
  "Messages cannot be handed on; they are kept and tried again.":
    "Nachrichten können nicht weitergegeben werden; sie werden aufbewahrt und erneut versucht.",
  "The conversation's log has no such message yet.":
    "Das Protokoll des Gesprächs enthält diese Nachricht noch nicht.",
  "The Agent Desktop Toolkit could not be loaded.": "Das Agent Desktop Toolkit konnte nicht geladen werden.",
  "The Agent Desktop Toolkit could not be used.": "Das Agent Desktop Toolkit konnte nicht benutzt werden.",
  "The desktop shows this call no more.": "Der Desktop zeigt diesen Anruf nicht mehr.",
  "The desktop's toolkit takes no summary.": "Das Toolkit des Desktops nimmt keine Zusammenfassung an.",
  "It goes into the call's log as soon as you save the disposition.":
    "Es kommt in das Anrufprotokoll, sobald Sie die Disposition speichern.",
};
