// Asks veraPDF whether PDF files keep PDF/UA-1 and PDF/A-2a. One line a file and standard, tab-separated:
// verdict, standard, file, and for a failure the clauses with how often each was broken.
// Arguments: the files. Exit status: 0 when every file keeps both, 1 when one does not, 2 when one cannot be read.

import java.io.File;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

public class VeraPdf {
    public static void main(String[] files) {
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        System.out.println("version\t" + version());
        int worst = 0;
        for (String file : files) {
            for (String name : new String[] {"ua1", "2a"}) {
                worst = Math.max(worst, judge(file, name));
            }
        }
        System.exit(worst);
    }

    private static int judge(String file, String name) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (var parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            StringBuilder line = new StringBuilder(result.isCompliant() ? "pass" : "fail");
            line.append('\t').append(name).append('\t').append(file).append('\t');
            for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
                RuleId rule = broken.getKey();
                line.append(rule.getClause()).append('-').append(rule.getTestNumber());
                line.append(" x").append(broken.getValue()).append("; ");
            }
            System.out.println(line);
            return result.isCompliant() ? 0 : 1;
        } catch (Exception | Error problem) {
            System.out.println("unreadable\t" + name + "\t" + file + "\t" + problem);
            return 2;
        }
    }

    private static String version() {
        String place = "/META-INF/maven/org.verapdf/validation-model/pom.properties";
        try (var stream = VeraPdf.class.getResourceAsStream(place)) {
            var properties = new java.util.Properties();
            properties.load(stream);
            return properties.getProperty("version", "unknown");
        } catch (java.io.IOException | NullPointerException problem) {
            return "unknown";
        }
    }
}
