#pragma once

#include <libpq-fe.h>

namespace kith::db {

// libpq, loaded when it is first needed, so that a server on SQLite does without it.
struct Libpq {
    decltype(&PQconnectdbParams) connect;
    decltype(&PQstatus) status;
    decltype(&PQtransactionStatus) transaction_status;
    decltype(&PQbackendPID) backend_pid;
    decltype(&PQerrorMessage) error_message;
    decltype(&PQfinish) finish;
    decltype(&PQexec) exec;
    decltype(&PQprepare) prepare;
    decltype(&PQexecPrepared) exec_prepared;
    decltype(&PQexecParams) exec_params;
    decltype(&PQresultStatus) result_status;
    decltype(&PQresultErrorField) result_error_field;
    decltype(&PQresultErrorMessage) result_error_message;
    decltype(&PQntuples) ntuples;
    decltype(&PQgetvalue) getvalue;
    decltype(&PQgetisnull) getisnull;
    decltype(&PQgetlength) getlength;
    decltype(&PQftype) ftype;
    decltype(&PQcmdTuples) cmd_tuples;
    decltype(&PQclear) clear;
    decltype(&PQconsumeInput) consume_input;
    decltype(&PQnotifies) notifies;
    decltype(&PQfreemem) freemem;
    decltype(&PQsocket) socket;
    decltype(&PQsetNoticeProcessor) set_notice_processor;

    // Throws Unavailable with advice when the library is not installed.
    static const Libpq& get();
};

}  // namespace kith::db
