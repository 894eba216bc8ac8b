package dev.afluente.sync.account.refresh;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** connection-service's own answer, of which this document only says the member that is always there. */
@Schema(
        name = "SyncAnswered",
        type = SchemaType.OBJECT,
        requiredProperties = "status",
        description = "As syncConnection of connection-service answers: status says what to do next.")
public interface SyncAnswered {}
