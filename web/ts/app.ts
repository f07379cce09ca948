// Everything here is a comfort: each page works without it.
import { startComposer } from "./_composer";
import { startDrafts } from "./_drafts";
import { startForms } from "./_forms";
import { startKeys } from "./_keys";
import { startLive } from "./_live";
import { startMenu } from "./_menu";
import { startOffline } from "./_offline";
import { startPasskeys } from "./_passkeys";
import { startPictures } from "./_pictures";
import { startQuickExit } from "./_quick_exit";
import { startQuote } from "./_quote";
import { startReading } from "./_reading";
import { startSupports } from "./_supports";

startQuickExit();
startForms();
startPasskeys();
startMenu();
startComposer();
startDrafts();
startPictures();
startQuote();
startSupports();
startLive();
startReading();
startKeys();
startOffline();
